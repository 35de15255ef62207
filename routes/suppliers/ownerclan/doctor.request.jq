{operation: "orders", path: "/v1/graphql", safe: true, json: {query: "query($n:String){allOrders(first:1,note:$n){edges{node{key}}}}", variables: {n: "doctor"}}}
