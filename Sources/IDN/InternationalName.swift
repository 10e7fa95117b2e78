import CIDN2
import Net

/// An internationalised name in its two forms: `xn--…` labels, as DNS and certificates have them, and the letters that people read.
///
/// The work is libidn2's: IDNA 2008 with the mapping of UTS 46, non-transitional (RFC 5890 to 5893).
public enum InternationalName {
  /// Gives the form of DNS, `xn--bcher-kva.example` for `Bücher.example`. A name of ASCII alone is given as it is.
  ///
  /// Errors: `bad-idn`, where no name has such letters, or a label or the whole would be too long.
  public static func ascii(_ name: String) throws(InternationalNameError) -> String {
    guard !isASCII(name) else { return name }
    // It goes to C as text that a NUL ends.
    guard !name.utf8.contains(0) else { throw InternationalNameError(name: name, reason: "it has a NUL") }
    // Full stops of other scripts end labels too (UTS 46 §2.3); libidn2 maps them.
    var result: UnsafeMutablePointer<CChar>?
    let flags = CInt(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    let status = idn2_to_ascii_8z(name, &result, flags)
    defer { if let result { idn2_free(result) } }
    guard status == IDN2_OK.rawValue, let result else {
      throw InternationalNameError(name: name, reason: String(cString: idn2_strerror(status)))
    }
    return String(cString: result)
  }

  /// Gives the form for people, or nil where the name has no `xn--` label or one that is none.
  ///
  /// A name that would not lead back to the same `xn--` form is not given: it could be shown for another.
  public static func unicode(_ name: String) -> String? {
    guard isASCII(name), name.utf8.count <= 1024 else { return nil }
    let lower = name.lowercased()
    guard lower.hasPrefix("xn--") || lower.contains(".xn--") else { return nil }
    var result: UnsafeMutablePointer<CChar>?
    let status = idn2_to_unicode_8z8z(lower, &result, 0)
    defer { if let result { idn2_free(result) } }
    guard status == IDN2_OK.rawValue, let result else { return nil }
    let text = String(cString: result)
    guard let back = try? ascii(text), back == lower else { return nil }
    return text
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }
}

/// A name that cannot be written in the letters of DNS.
public struct InternationalNameError: LayeredError, Hashable {
  public let name: String
  /// What libidn2 says is wrong.
  public let reason: String

  public var layer: Layer { .dns }
  public var code: String { "bad-idn" }
  public var message: String { "write `\(name)` in the letters of DNS: \(reason)" }
  public var headline: String { "cannot \(message)" }
}
