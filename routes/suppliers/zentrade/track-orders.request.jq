{path: "/shop/proc/order_api.php", form: {pordno: .clientRef}, as: "xml", safe: true}
