import Glibc

/// How to start a program as somebody who may do nothing special, whoever runs the tests.
enum Unprivileged {
  /// The words that stand before its own: setpriv(1) to nobody, without any capability, where the tests run as root.
  static let words: [String] =
    geteuid() != 0
    ? []
    : [
      "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all",
      "--no-new-privs",
    ]

  /// Runs nsh so, with arguments.
  static func nsh(_ arguments: String..., environment: [String] = Child.environment) throws -> Run {
    try Run(words: words + [Child.binary] + arguments, environment: environment)
  }
}
