import Net

/// What could not be done with a file.
public struct FileError: LayeredError {
  public let message: String
  private let system: SystemCallError

  public init(_ message: String, _ system: SystemCallError) {
    self.message = message
    self.system = system
  }

  public var layer: Layer { .file }
  public var headline: String { "cannot \(message)" }
  public var code: String { system.code }
  public var cause: (any LayeredError)? { system }
}
