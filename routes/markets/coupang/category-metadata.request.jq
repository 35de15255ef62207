# {category} → the question what it demands; none where Coupang finds the category itself.
if (.category // "") == "" then null
else {path: "/v2/providers/seller_api/apis/api/v1/marketplace/meta/category-related-metas/display-category-codes/\(.category)"} end
