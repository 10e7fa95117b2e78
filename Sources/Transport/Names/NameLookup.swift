import Net

/// Whoever knows the addresses of names: the system, a resolver of our own, a test.
public protocol NameLookup: Sendable {
  /// What a step says it asked: `getaddrinfo(3)`.
  var title: String { get }

  /// Gives the addresses of a name in the order in which they should be tried; never an empty list.
  func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address]
}
