# One order that does not exist: the catalogue is too much for a question.
{operation: "order", path: "/shop/proc/order_api.php", form: {pordno: "doctor"}, as: "xml", safe: true}
