# A wrong key gets no token, and a token that is not ours status 401.
null
