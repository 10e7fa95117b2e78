/// What bytes can be read as.
enum BytesForm: String, CaseIterable, Sendable {
  case http, tls, packet, dns, text, data

  /// What it is in a sentence.
  var noun: String {
    switch self {
    case .http: "a message of HTTP"
    case .tls: "records of TLS"
    case .packet: "a packet"
    case .dns: "a message of DNS"
    case .text: "text"
    case .data: "bytes of nothing that is known here"
    }
  }
}

/// What bytes are held to be, how sure that is, and why.
struct BytesGuess {
  enum Confidence: String {
    case certain, likely, possible
  }

  let form: BytesForm
  let confidence: Confidence
  let because: String
  /// The first byte of it, where a frame stands before.
  var start = 0

  init(_ form: BytesForm, _ confidence: Confidence, _ because: String) {
    self.form = form
    self.confidence = confidence
    self.because = because
  }
}
