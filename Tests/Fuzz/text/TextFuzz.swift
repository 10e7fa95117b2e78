import Glibc
import Wire

/// Safe text is valid UTF-8 without controls, the same however its bytes were cut, and a hexdump holds every byte.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  for layout in [SafeText.Layout.lines, .singleLine] {
    let whole = SafeText.escaping(input, layout)
    var escaper = SafeText(layout)
    let step = Int(input.first ?? 0) % 7 + 1
    var pieces: [UInt8] = []
    var rest = input[...]
    while !rest.isEmpty {
      pieces += escaper.add(Array(rest.prefix(step)))
      rest = rest.dropFirst(step)
    }
    pieces += escaper.end()
    let controls = whole.unicodeScalars.contains {
      $0.properties.generalCategory == .control && (layout == .singleLine || ($0 != "\n" && $0 != "\t"))
    }
    if controls || Array(whole.utf8) != pieces {
      print("unsafe or dependent on the cut: \(whole.debugDescription)")
      abort()
    }
  }
  if Hexdump(input).reduce(0, { $0 + $1.bytes.count }) != count { abort() }
  return 0
}
