import Net

/// Whoever knows the addresses of names: the system, a resolver of our own, a test.
public protocol NameLookup: Sendable {
  /// What a step says it asked: `getaddrinfo(3)`.
  var title: String { get }

  /// Gives the addresses of a name in the order in which they should be tried; never an empty list.
  func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address]

  /// Gives the same within a context, whose taps see what goes over the wire for it.
  func addresses(of name: String, _ context: NetworkContext) throws(NameError) -> [Address]
}

extension NameLookup {
  public func addresses(of name: String, _ context: NetworkContext) throws(NameError) -> [Address] {
    try addresses(of: name, deadline: context.deadline, interrupt: context.interrupt)
  }
}
