import Coding
import Interpreter
import Net

let fromBrotli = Command(
  "from br", "Decompresses brotli (RFC 7932), as `Content-Encoding: br` means it; a stream as it comes.",
  Parameter<Value>.input("bytes, a stream or a response"),
  Parameter<ByteSize?>.option("limit", "how large the result may be (default 1GiB, for a stream no limit)"),
  gives: .bytes,
  examples: [Example("0x[0f 02 80 68 65 6c 6c 6f 03] | from br", "hello")]
) { machine, input, limit in try Compression.inflate(input, machine, .brotli, limit) }
