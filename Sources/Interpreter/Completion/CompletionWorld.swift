/// What completion can know beside the text; what is dear to find is a closure, called only where its answer may stand.
public struct CompletionWorld: Sendable {
  /// A function that was defined with `def`, or comes from a module.
  public struct Function: Sendable {
    public let name: String
    public let parameters: [ParameterSpec]
    /// The comment above it.
    public let comment: String

    public init(_ name: String, _ parameters: [ParameterSpec], comment: String = "") {
      self.name = name
      self.parameters = parameters
      self.comment = comment
    }
  }

  /// An entry of a folder.
  public struct File: Sendable {
    public let name: String
    public let isFolder: Bool

    public init(_ name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  public var commands: CommandTable
  public var functions: [Function] = []
  public var variables: [(name: String, value: Value)] = []
  /// The connections, listeners and jobs that are open.
  public var resources: [any Resource] = []
  /// Names of hosts that begin so, each with where it is known from; there may be very many.
  public var hosts: @Sendable (_ beginning: String) -> [Candidate] = { _ in [] }
  /// The networks that the session made, `netns add`.
  public var networks: @Sendable () -> [Candidate] = { [] }
  /// The interfaces of the machine, each with its addresses.
  public var interfaces: @Sendable () -> [Candidate] = { [] }
  /// The names of services, each with its port.
  public var services: @Sendable () -> [Candidate] = { [] }
  /// The entries of a folder, whose path is as typed: empty, or with a slash at its end.
  public var files: @Sendable (String) -> [File] = { _ in [] }
  /// The programs in PATH.
  public var programs: @Sendable () -> [Candidate] = { [] }
  /// The modules that come with the shell.
  public var modules: @Sendable () -> [Candidate] = { [] }
  /// What `help` can be asked for beside commands.
  public var topics: @Sendable () -> [Candidate] = { [] }
  /// The numbers of RFCs with their titles.
  public var documents: @Sendable () -> [Candidate] = { [] }
  /// The parts of the lab that runs, of which a command `lab …` may want some.
  public var labParts: @Sendable (_ command: String) -> [Candidate] = { _ in [] }
  /// What can be made wrong with a part of the lab; nothing for what is none.
  public var labSins: @Sendable (_ part: String) -> [Candidate] = { _ in [] }

  /// What it is known of where it is written down: header fields, status codes and the like.
  public var references: @Sendable () -> [Candidate] = { [] }
  /// The codes of errors, each with what it means.
  public var codes: @Sendable () -> [Candidate] = { [] }

  public init(commands: CommandTable) { self.commands = commands }
}

extension Session {
  /// What completion can know from the session alone.
  public var completionWorld: CompletionWorld {
    var world = CompletionWorld(commands: commands)
    world.functions = definitions.map { .init($0.key, $0.value.parameters, comment: $0.value.comment) }
    for (name, module) in used {
      world.functions += module.definitions.map {
        .init("\(name) \($0.key)", $0.value.parameters, comment: $0.value.comment)
      }
    }
    let inside = heldFrame?.variables ?? []
    let hidden = Set(inside.map(\.name))
    world.variables = inside
    world.variables += variableNames.compactMap { name in
      hidden.contains(name) ? nil : variable(name).map { (name, $0) }
    }
    world.resources = resources
    return world
  }
}
