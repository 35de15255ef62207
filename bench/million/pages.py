"""A million products in pages of 100, and the same with 2 % changed, made as the side-by-side bench makes its 100,000.

usage: pages.py FOLDER     ($BENCH is the bench; FOLDER/pages/a and FOLDER/pages/b get 10,000 files each)
"""
import gzip, json, os, random, sys

source = open(os.path.join(os.environ.get("BENCH", "/var/tmp/hub-bench"), "gen.py")).read()
exec(source[: source.index("a=[mk(i)")])  # its word lists, random numbers and mk(i), the i-th product
N, PAGE = 1_000_000, 100  # behind it: the bench has an N of its own
changed = set(random.Random(7).sample(range(N), N // 50))


def change(product):
    return {**product, "price": product["price"] + 700, "stock": abs(product["stock"]) + 1}


def write(name, page, items):
    body = {"page": page, "total_pages": N // PAGE, "total": N, "items": items}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    with open(f"{sys.argv[1]}/pages/{name}/{page}.json.gz", "wb") as out:
        out.write(gzip.compress(text, 3, mtime=0))


for name in "ab":
    os.makedirs(f"{sys.argv[1]}/pages/{name}", exist_ok=True)
for page in range(N // PAGE):
    ids = range(page * PAGE, (page + 1) * PAGE)
    items = [mk(i + 1) for i in ids]
    write("a", page + 1, items)
    write("b", page + 1, [change(p) if i in changed else p for i, p in zip(ids, items)])
