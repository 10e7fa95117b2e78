import Net

/// How the outermost layer of an error becomes the sentence that people read first.
enum Headline {
  /// Gives `cannot connect to …` for what was being done, and what is wrong as it is.
  static func sentence(of error: any LayeredError) -> String {
    let message = error.message
    let first = message.prefix { $0 != " " }
    return activities.contains(String(first)) ? "cannot " + message : message
  }

  /// The verbs with which layers say what they were doing.
  private static let activities: Set<String> = [
    "accept", "bind", "close", "connect", "fetch", "listen", "look", "open", "read", "receive", "remove", "rename",
    "resolve", "run", "save", "send", "serve", "shut", "start", "stop", "wait", "write",
  ]
}
