import Interpreter

let slice = Command(
  "slice", "Gives a part of bytes, a text or a list: from the start up to the end, which is not part of it.",
  Parameter<Value>.input("bytes, text or a list"),
  Parameter<Int>.required("start", "the first index; a negative one counts from the end"),
  Parameter<Int?>.optional("end", "the index after the last; without it to the end"), gives: .any,
  examples: [
    Example("'hello' | slice 1 3", "el"), Example("0x[01 02 03 04] | slice -2 | to hex", "0304"),
    Example("[a b c d] | slice 1", "b\nc\nd"),
  ]
) { _, input, start, end in
  let range = RangeValue(lower: .int(start), upper: end.map { .int($0) }, includesEnd: false)
  if case .record = input { return try Accessing.slice(range, of: .bytes([UInt8].convert(input))) }
  return try Accessing.slice(range, of: input.settledItems())
}
