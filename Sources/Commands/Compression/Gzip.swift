import Coding
import Interpreter
import Net

let toGzip = Command(
  "to gzip", "Compresses bytes with gzip (RFC 1952); a stream as it comes.",
  Parameter<Value>.input("bytes, text, a stream or a response"),
  Parameter<Int?>.option("level", "0 to 9, from stored to smallest (default 6)"), gives: .bytes,
  examples: [
    Example("'hello' | to gzip | from gzip", "hello"), Example("'a' * 1000 | to gzip | $in | len | $in < 40", "true"),
  ]
) { machine, input, level in try Compression.deflate(input, machine, .gzip, level) }

let fromGzip = Command(
  "from gzip", "Decompresses gzip (RFC 1952), all members of it; a stream as it comes.",
  Parameter<Value>.input("bytes, a stream or a response"),
  Parameter<ByteSize?>.option("limit", "how large the result may be (default 1GiB, for a stream no limit)"),
  gives: .bytes,
  examples: [
    Example("'hello' | to gzip | from gzip", "hello"),
    Example("try { 'x' * 100000 | to gzip | from gzip --limit 10kB } catch e { $e.code }", "too-large"),
  ]
) { machine, input, limit in try Compression.inflate(input, machine, .gzip, limit) }

let toDeflate = Command(
  "to deflate", "Compresses bytes as `Content-Encoding: deflate` means it: in zlib's wrapping (RFC 1950).",
  Parameter<Value>.input("bytes, text, a stream or a response"),
  Parameter<Bool>.flag("raw", "without zlib's header and checksum (RFC 1951)"),
  Parameter<Int?>.option("level", "0 to 9, from stored to smallest (default 6)"), gives: .bytes,
  examples: [
    Example("'hello' | to deflate | to hex", "789ccb48cdc9c90700062c0215"),
    Example("'hello' | to deflate --raw | to hex", "cb48cdc9c90700"),
  ]
) { machine, input, raw, level in try Compression.deflate(input, machine, raw ? .raw : .zlib, level) }

let fromDeflate = Command(
  "from deflate", "Decompresses deflated bytes in zlib's wrapping (RFC 1950); a stream as it comes.",
  Parameter<Value>.input("bytes, a stream or a response"),
  Parameter<Bool>.flag("raw", "without zlib's header and checksum (RFC 1951)"),
  Parameter<ByteSize?>.option("limit", "how large the result may be (default 1GiB, for a stream no limit)"),
  gives: .bytes,
  examples: [Example("0x[cb 48 cd c9 c9 07 00] | from deflate --raw", "hello")]
) { machine, input, raw, limit in try Compression.inflate(input, machine, raw ? .raw : .zlib, limit) }
