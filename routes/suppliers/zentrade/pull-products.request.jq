# By POST: the key would stand in the address of a GET.
{path: "/shop/proc/product_api.php", form: {}, as: "xml", safe: true}
