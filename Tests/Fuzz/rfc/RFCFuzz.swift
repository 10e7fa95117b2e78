import Glibc
import Wire

/// A document of any bytes is read: its sections stand in order within it, its rules too, and tables come back as they were written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRFC(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let rfc = RFCText(input)
  var end = 0
  for section in rfc.sections {
    guard section.lines.lowerBound >= end, section.lines.upperBound <= rfc.lines.count else { abort() }
    end = section.lines.upperBound
    _ = rfc.body(of: section)
    if !section.number.isEmpty, rfc.text(ofSection: section.number) == nil { abort() }
    if rfc.section(ofLine: section.lines.lowerBound) != section { abort() }
  }
  var line = -1
  for rule in rfc.grammar {
    guard rule.line > line, rule.line < rfc.lines.count, !rule.name.isEmpty else { abort() }
    line = rule.line
  }
  _ = rfc.withoutPageBreaks
  let catalogue = RFCTable.read(input)
  let again = RFCTable.read(RFCTable.write(catalogue))
  if again.entries.map(\.number) != catalogue.entries.map(\.number) { abort() }
  for entry in catalogue.entries.prefix(5) { _ = RFCTree(of: entry.number, in: catalogue, depth: 4).text }
  for reference in RFCReferences(input).all { _ = reference.place }
  return 0
}
