/// What may stand at a place in a text: the part that is replaced, what could replace it, and what is known of the command there.
public struct Suggestions: Sendable {
  /// The bytes of the text that a candidate replaces: from the beginning of the word up to the cursor.
  public var range: Range<Int>
  /// Sorted by their texts, each text once.
  public var candidates: [Candidate]
  /// The command that the place belongs to, if it is known.
  public var subject: Subject?
  /// The parameter that the place fills, if it is known.
  public var parameter: ParameterSpec?

  /// A command or a function as help in place shows it.
  public struct Subject: Sendable, Equatable {
    public let name: String
    public let usage: String
    public let sentence: String
  }

  /// The longest beginning that all candidates share; nil if there are none.
  public var commonPrefix: String? {
    guard var prefix = candidates.first.map({ Array($0.text.unicodeScalars) }) else { return nil }
    for candidate in candidates.dropFirst() {
      let same = zip(prefix, candidate.text.unicodeScalars).prefix { $0 == $1 }
      prefix.removeLast(prefix.count - same.count)
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: prefix)
    return String(text)
  }
}

/// A text that could stand at a place.
public struct Candidate: Sendable, Equatable {
  public let text: String
  /// What it is, in one line; may be empty.
  public let description: String
  /// What is typed behind it when it is the only one: a space, or nothing where the word goes on.
  public let ending: String

  public init(_ text: String, _ description: String = "", ending: String = " ") {
    self.text = text
    self.description = description
    self.ending = ending
  }
}
