import CSystem

/// Searching in bytes that were received, without copying them.
public enum ReceivedBytes {
  /// Gives where a mark begins from an offset on, memmem(3); nil if it is not there.
  public static func offset(of mark: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start >= 0, start <= bytes.count, let base = bytes.baseAddress else { return nil }
    let found = mark.withUnsafeBytes { mark in
      mark.baseAddress.map { nsh_find(base + start, bytes.count - start, $0, mark.count) } ?? -1
    }
    return found < 0 ? nil : start + Int(found)
  }
}
