import Glibc

/// Writes all of the bytes to a file, write(2) as often as it takes.
///
/// `written` grows by what went out, also where an error is the end. A descriptor that does not block is not waited for: EAGAIN is an error here.
public func writeAll(_ bytes: [UInt8], to file: Int32, _ written: inout Int) throws(SystemCallError) {
  var done = 0
  while done < bytes.count {
    let count = try systemCall("write") {
      bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
    }
    done += count
    written += count
  }
}

/// Writes all of the bytes where nobody asks how many went out before an error.
public func writeAll(_ bytes: [UInt8], to file: Int32) throws(SystemCallError) {
  var written = 0
  try writeAll(bytes, to: file, &written)
}
