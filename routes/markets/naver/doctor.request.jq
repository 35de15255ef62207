{operation: "addressbooks", path: "/v1/seller/addressbooks-for-page", query: {page: 1, size: 100}}
