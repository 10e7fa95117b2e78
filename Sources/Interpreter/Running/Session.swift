import Diagnostics
import Net
import Synchronization

/// A shell from its start to its end: its commands, variables, open resources and last results.
///
/// It is `@unchecked Sendable` because variables and definitions belong to the session's own thread; what jobs share is behind the lock.
public final class Session: @unchecked Sendable {
  public let interrupt = Interrupt()
  public let output: any Output
  public let commands: CommandTable
  /// How a statement's text was named where no statement runs.
  let noPlace = Place(Source(name: "nsh", bytes: []), Span(0, 0))
  let globals = Globals()
  var definitions: [String: FunctionCode] = [:]
  var functionTexts = FunctionTexts()
  /// The function in which a prompt is open.
  var heldFrame: HeldFrame?
  /// The modules that are used at the top level, by name, and all that were read, by path.
  var used: [String: Module] = [:]
  var modules: [String: Module] = [:]
  /// Files that were checked before `source` runs them, by path.
  var foreseen: [String: Foreseen] = [:]
  /// Where `use` finds the modules that come with the shell.
  public var libraryFolder: () -> String? = { nil }

  /// What the text of a script goes through before it is read, as `--live` replaces names in it.
  public var prepare: (Source) -> Source = { $0 }

  /// Set when the script itself comes on standard input: whatever else would read there sees its end.
  public let scriptIsOnInput = Atomic<Bool>(false)
  /// The environment of the programs that this session starts.
  public let environment = Environment()
  /// The deadline every command has at least: `--timeout`.
  public var timeout: TimeSpan?

  /// Called on a job's own thread when it has ended; set before the first job starts.
  public var onJobEnd: (@Sendable (Job) -> Void)?

  private struct Shared {
    /// What is open, with the order in which it was opened.
    var resources: [ObjectIdentifier: (order: Int, resource: any Resource)] = [:]
    var opened = 0
    var jobCount = 0
    var services: [ObjectIdentifier: any AnyObject & Sendable] = [:]
  }
  private let shared = Mutex(Shared())

  public init(commands: CommandTable, output: any Output) {
    self.commands = commands
    self.output = output
  }

  // MARK: Variables

  public func define(_ name: String, _ value: Value) { globals.set(name, to: value) }
  public func variable(_ name: String) -> Value? { globals[name] }
  /// The names of the variables of the top level, without those of modules and without slots that have no name.
  public var variableNames: [String] { globals.names.filter { !$0.hasPrefix(" ") && !$0.contains("\0") } }
  /// Tells which definition a name has now: equal as long as it is the same one.
  public func definitionIdentity(_ name: String) -> ObjectIdentifier? { definitions[name].map { ObjectIdentifier($0) } }
  /// The names of functions: those of modules with the module's before.
  public var definitionNames: [String] {
    (definitions.keys + used.flatMap { name, module in module.definitions.keys.map { "\(name) \($0)" } }).sorted()
  }

  // MARK: Resources

  /// Remembers an open resource, so that it is closed when the shell ends.
  public func own(_ resource: any Resource) {
    shared.withLock { shared in
      shared.opened += 1
      shared.resources[ObjectIdentifier(resource)] = (shared.opened, resource)
    }
  }

  public func disown(_ resource: any Resource) {
    shared.withLock { _ = $0.resources.removeValue(forKey: ObjectIdentifier(resource)) }
  }

  func owns(_ resource: any Resource) -> Bool {
    shared.withLock { $0.resources[ObjectIdentifier(resource)] != nil }
  }

  /// What is open, in the order in which it was opened.
  public var resources: [any Resource] {
    shared.withLock { $0.resources.values.sorted { $0.order < $1.order }.map(\.resource) }
  }

  func nextJob() -> Int {
    shared.withLock { shared in
      shared.jobCount += 1
      return shared.jobCount
    }
  }

  /// Closes everything that is open, first what takes connections, so that no connection is closed under a function that serves it.
  public func close() {
    let all = resources.reversed()
    for resource in all.filter({ $0.type == .listener }) + all.filter({ $0.type != .listener }) {
      resource.close()
      disown(resource)
    }
  }

  // MARK: Services

  /// Gives the one value of this type that belongs to the session, made at its first use; the commands of a family keep their state in it.
  public func service<Service: AnyObject & Sendable>(_ type: Service.Type, make: () -> Service) -> Service {
    shared.withLock { shared in
      // What stands under a type was made as one of it; the cast costs more than the rest of many commands.
      if let known = shared.services[ObjectIdentifier(type)] { return unsafeDowncast(known, to: type) }
      let made = make()
      shared.services[ObjectIdentifier(type)] = made
      return made
    }
  }
}

/// All commands by name.
public struct CommandTable: Sendable {
  /// As they were declared. They are sorted only where somebody wants to read them: every start of the shell makes the table.
  private let declared: [Command]
  /// Where each name stands in `declared`; of several commands with one name the first counts.
  private let places: [String: Int]
  /// How many words the longest name has.
  let longest: Int

  public init(_ commands: [Command]) {
    declared = commands
    var places: [String: Int] = [:]
    places.reserveCapacity(commands.count)
    var spaces = 0
    for (place, command) in commands.enumerated().reversed() {
      places[command.name] = place
      spaces = max(spaces, command.name.utf8.count { $0 == UInt8(ascii: " ") })
    }
    self.places = places
    longest = spaces + 1
  }

  public subscript(name: String) -> Command? { places[name].map { declared[$0] } }

  /// The commands in the order of their names.
  public var all: [Command] { declared.sorted { $0.name < $1.name } }

  public var names: [String] { all.map(\.name) }

  /// The first words of all names, each once.
  public var nouns: [String] { Array(Set(all.map { String($0.name.prefix { $0 != " " }) })).sorted() }

  public func withNoun(_ noun: String) -> [Command] { all.filter { $0.name == noun || $0.name.hasPrefix(noun + " ") } }
}
