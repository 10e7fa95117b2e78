import Clients
import Interpreter
import Net
import Wire

/// The options that the commands of the RFC library share, each declared once.
enum RFCOptions {
  static let number = Parameter<RFCNumber>.required("number", "its number: 2324, or RFC2324")
  static let base = Parameter<URL?>.option(
    "base", "the folder of the documents on the web (default NSH_RFC_BASE, else https://www.rfc-editor.org/rfc/)")
  static let offline = Parameter<Bool>.flag("offline", "ask nobody: only what is kept already")
  static let refresh = Parameter<Bool>.flag("refresh", "fetch it anew, whatever is kept")
  static let timeout = Parameter<TimeSpan?>.option("timeout", "how long it may take")
}

/// The number of an RFC as it is typed: `2324`, `rfc2324`, `RFC 2324`.
struct RFCNumber: ValueConvertible {
  let number: Int

  static var type: TypeName { .string }

  static func convert(_ value: Value) throws -> RFCNumber {
    let text = try String.convert(value)
    guard let number = RFCEntry.number(text) else { throw RFCLibraryError(.document(0), .badNumber(text)) }
    return RFCNumber(number: number)
  }
}
