# About 10 MB of JSON, written and read again.
let rows = 1..100_000 | each {|i| {id: $i, name: "host${i}.example.test", address: '192.0.2.1', open: true, ports: [22 80 443]}}
let text = $rows | to json
assert (len $text) > 8_000_000
let back = $text | from json
assert $back[99_999].id == 100_000
