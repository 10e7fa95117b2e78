import Coding
import Glibc

/// The first byte chooses a content coding or a charset and where the data are cut; the rest is the data.
///
/// Whatever they are: nothing traps, no limit is passed, and cuts do not change what comes out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCoding(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let step = Int(choice >> 4) + 1
  let codings = [["gzip"], ["deflate"], ["br"], ["zstd"], ["gzip", "br"]]
  let names = [
    "utf-8", "us-ascii", "iso-8859-1", "utf-16", "utf-16le", "utf-16be", "shift_jis", "gb18030", "iso-2022-jp",
  ]
  let index = Int(choice & 0x0F)
  if index < codings.count {
    check(
      undo(codings[index], bytes, step: .max) == undo(codings[index], bytes, step: step),
      "the output depends on the cut")
  } else if let charset = Charset(names[(index - codings.count) % names.count]) {
    let decoder = CharsetDecoder(charset)
    var text = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      text += decoder.receive(Array(rest.prefix(step)))
      rest = rest.dropFirst(step)
    }
    text += decoder.finish()
    check(Array(text.utf8) == Array(charset.decode(bytes).utf8), "the text depends on the cut")
  }
  return 0
}

private let limit = 1 << 20

/// What came out, and whether it ended well.
private struct Outcome: Equatable {
  var output: [UInt8] = []
  var isWhole = false
}

private func undo(_ codings: [String], _ bytes: [UInt8], step: Int) -> Outcome? {
  guard let decoder = try? ContentDecoder(codings: codings, limit: limit) else { return nil }
  var outcome = Outcome()
  do throws(CompressionError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      decoder.receive(Array(rest.prefix(step)))
      rest = rest.dropFirst(step)
      while let piece = try decoder.next() {
        outcome.output += piece
        check(outcome.output.count <= limit, "more came out than the limit allows")
      }
    }
    try decoder.finish()
    outcome.isWhole = true
  } catch {
    // Where it fails the rest may have come out or not.
    return Outcome()
  }
  return outcome
}

private func check(_ holds: Bool, _ message: String) {
  guard !holds else { return }
  print(message)
  abort()
}
