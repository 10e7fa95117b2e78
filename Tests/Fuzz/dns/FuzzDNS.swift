import Glibc
import Wire

/// A message is read or refused; what was read can be written, read again, explained to its last byte, and shown as text that
/// parses to the same data.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDNS(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let (annotations, error) = Message.explain(bytes)
  guard let message = try? Message(bytes) else { return error == nil ? fail("explained but not read") : 0 }
  guard error == nil, annotations.reduce(0, { $0 + $1.range.count }) == count else { return fail("not all explained") }
  guard let written = try? message.encoded(), (try? Message(written)) == message else {
    return fail("not written again")
  }
  for record in message.answers + message.authorities + message.additionals {
    let words = try? ZoneWords.line(Array(record.data.text.utf8))
    // A list of strings may be empty only where its type has no shape, and a meta type has no text.
    guard let words, let parsed = try? RecordData(type: record.type, words: words) else {
      // A digest whose length is not its kind's is shown as it came, and no zone takes it.
      if ["DS", "CDS"].contains(record.type.description) { continue }
      return fail(record.description)
    }
    // Sizes of LOC have several forms for 0 m, and one text.
    guard parsed == record.data || parsed.text == record.data.text else { return fail(record.description) }
  }
  return 0
}

private func fail(_ why: String) -> CInt {
  print(why)
  abort()
}
