import Glibc
import Wire

/// Any bytes are CSV or an error, the same whole and byte by byte; rows that are text read the same again when they are written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let whole = read([bytes])
  guard read(bytes.map { [$0] }) == whole else { fail("byte by byte it reads otherwise") }
  guard case .success(let rows) = whole else { return 0 }
  let texts = rows.map { row in row.map { String(decoding: $0, as: UTF8.self) } }
  guard texts.map({ row in row.map { Array($0.utf8) } }) == rows else { return 0 }
  guard read([texts.flatMap { CSVWriter.row($0) }]) == .success(rows) else { fail("written it reads otherwise") }
  return 0
}

private func read(_ pieces: [[UInt8]]) -> Result<[[[UInt8]]], CSVError> {
  Result { () throws(CSVError) in
    var reader = CSVReader()
    var rows: [[[UInt8]]] = []
    for piece in pieces {
      reader.receive(piece)
      while let row = try reader.next() { rows.append(row.fields) }
    }
    reader.finish()
    while let row = try reader.next() { rows.append(row.fields) }
    return rows
  }
}

private func fail(_ message: String) -> Never {
  print(message)
  abort()
}
