# By POST: the key would stand in the address of a GET. Each product is an item; the document is cut on disk.
{path: "/shop/proc/product_api.php", form: {}, as: "xml", each: "product", safe: true}
