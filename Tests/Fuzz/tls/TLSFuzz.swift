import Glibc
import Wire

/// The first byte chooses the version and the cut; the rest is a stream of records. The records do not depend on the cut, and each
/// handshake message in them can be explained or is refused; so is the stream field by field.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTLS(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  guard let choice = input.first else { return 0 }
  let stream = Array(input.dropFirst())
  let whole = records(of: stream, step: .max)
  if whole != records(of: stream, step: Int(choice >> 3) + 1) {
    print("the records depend on the cut")
    abort()
  }
  let version = TLSVersion(number: 0x0300 + Int(choice & 7))
  for record in whole {
    if let alert = TLSAlert(record.payload) { _ = alert.sentence }
    if let message = try? TLSHandshake.parse(record.payload, version: version), message.sentence.isEmpty { abort() }
  }
  if let message = try? TLSHandshake.parse(stream, version: version), message.sentence.isEmpty { abort() }
  let explanation = TLSExplanation(stream)
  var end = 0
  for annotation in explanation.annotations {
    if annotation.range.lowerBound < end || annotation.range.upperBound > stream.count { abort() }
    end = annotation.range.lowerBound
  }
  return 0
}

private func records(of stream: [UInt8], step: Int) -> [TLSRecord] {
  var reader = TLSRecordReader()
  var records: [TLSRecord] = []
  var rest = stream[...]
  while !rest.isEmpty {
    reader.receive(Array(rest.prefix(step)))
    rest = rest.dropFirst(step)
    while let record = try? reader.next() { records.append(record) }
  }
  return records
}
