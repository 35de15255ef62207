package hub.image;

/** A picture as a market gets it. */
record Picture(byte[] bytes, PictureFormat format) {}
