import Glibc
import Net

/// The first line is a URL, the rest a reference seen there; what is made of them fits into a request line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzURL(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  checkWeb(text)
  let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
  guard let first = lines.first, let url = try? URL(String(first)) else { return 0 }
  check(url)
  if let found = try? url.resolving(String(lines.last ?? "")) { check(found) }
  return 0
}

private func check(_ url: URL) {
  // A host may have letters of any script; what connects makes ASCII of it.
  let isLine = url.authority.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  guard isLine, url.requestTarget.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
    print("a part would break the request: \(url.requestTarget) \(url.authority)")
    abort()
  }
  guard let again = try? URL(url.text), again == url else {
    print("a URL does not parse again")
    abort()
  }
}

/// A URL of the web stays what it is when it is read again, and fits into a line.
private func checkWeb(_ text: String) {
  let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
  guard let base = try? SpecialURL(String(lines.first ?? "")) else { return }
  for url in [base, try? SpecialURL(String(lines.last ?? ""), base: base)].compactMap({ $0 }) {
    guard url.description.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), (try? SpecialURL(url.description)) == url else {
      print("a URL of the web is another when it is read again: \(url)")
      abort()
    }
  }
}
