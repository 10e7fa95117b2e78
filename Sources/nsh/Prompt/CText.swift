/// A text that C reads after the call that gave it, until the next one is set.
final class CText {
  private(set) var pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)

  init() { pointer.pointee = 0 }

  deinit { pointer.deallocate() }

  func set(_ text: String) {
    pointer.deallocate()
    let bytes = text.utf8CString
    pointer = .allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { (pointer + index).initialize(to: byte) }
  }
}
