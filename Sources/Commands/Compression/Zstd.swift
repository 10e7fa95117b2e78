import Coding
import Interpreter
import Net

let fromZstd = Command(
  "from zstd", "Decompresses Zstandard (RFC 8878), all frames of it; a stream as it comes.",
  Parameter<Value>.input("bytes, a stream or a response"),
  Parameter<ByteSize?>.option("limit", "how large the result may be (default 1GiB, for a stream no limit)"),
  gives: .bytes,
  examples: [Example("0x[28 b5 2f fd 20 05 29 00 00 68 65 6c 6c 6f] | from zstd", "hello")]
) { machine, input, limit in try Compression.inflate(input, machine, .zstd, limit) }
