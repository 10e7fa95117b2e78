import json

rows = [
    {"id": i, "name": f"host{i}.example.test", "address": "192.0.2.1", "open": True, "ports": [22, 80, 443]}
    for i in range(1, 100_001)
]
text = json.dumps(rows, separators=(",", ":"))
assert len(text) > 8_000_000
back = json.loads(text)
assert back[99_999]["id"] == 100_000
