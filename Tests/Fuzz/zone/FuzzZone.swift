import Glibc
import Wire

/// A master file gives records or an error with its place; each record's line reads again as the same record.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZone(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var file = MasterFile(origin: .root) { _ in .success(Array("a 5 A 192.0.2.1".utf8)) }
  var records: [ResourceRecord] = []
  try? file.read(Array(UnsafeBufferPointer(start: data, count: count))) {
    if records.count < 100 { records.append($0) }
  }
  for record in records {
    var again = MasterFile(origin: .root)
    var read: [ResourceRecord] = []
    try? again.read(Array(record.description.utf8)) { read.append($0) }
    guard read == [record] else {
      print(record)
      abort()
    }
  }
  return 0
}
