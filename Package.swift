// swift-tools-version: 6.1
// Layers are targets, so that the build itself refuses a wrong import; ARCHITECTURE.md says what each is for.
import PackageDescription

// Machines are used by one thread each, so that checks of exclusive access would only cost time in a release.
let strict: [SwiftSetting] = [
  .unsafeFlags(["-warnings-as-errors"]),
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "nsh",
  products: [.executable(name: "nsh", targets: ["nsh"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    .target(name: "CSystem"),
    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    layer("Net"),
    layer("System", ["Net", "CSystem"]),
    layer("Diagnostics"),
    layer("Syntax", ["Diagnostics"]),
    layer("Wire", ["Net"]),
    layer(
      "Interpreter",
      [
        "Syntax", "Diagnostics", "Net", "System", "CPCRE2",
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "BigInt", package: "BigInt"),
      ]),
    layer("Transport", ["Net", "System", "Wire", "CSystem"]),
    layer("Clients", ["Net", "System", "Wire", "Transport"]),
    layer("Servers", ["Net", "System", "Wire", "Transport"]),
    layer(
      "Commands",
      ["Net", "System", "Wire", "Diagnostics", "Syntax", "Interpreter", "Transport", "Clients", "Servers"]),
    layer("Terminal", ["Interpreter", "Diagnostics", "System", "Wire", "Net"]),
    .executableTarget(
      name: "nsh",
      dependencies: [
        "Net", "System", "Diagnostics", "Syntax", "Wire", "Interpreter", "Transport", "Clients", "Servers", "Commands",
        "Terminal", "CLibedit", "CSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    tests("NetTests", ["Net"]),
    tests("WireTests", ["Wire", "Net"]),
    tests("SyntaxTests", ["Syntax", "Diagnostics"]),
    tests("TransportTests", ["System", "Transport", "Clients", "Servers", "Wire", "Net"]),
    tests(
      "TranscriptTests", ["Commands", "Interpreter", "Syntax", "Diagnostics", "Terminal", "System", "Net"]),
    tests("InterpreterTests", ["Interpreter", "Syntax", "Diagnostics", "Net", "Commands", "Terminal"]),
  ],
  swiftLanguageModes: [.v6]
)
