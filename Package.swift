// swift-tools-version: 6.1
// Layers are targets, so that the build itself refuses a wrong import; ARCHITECTURE.md says what each is for.
import PackageDescription

// Machines are used by one thread each, so that checks of exclusive access would only cost time in a release.
let strict: [SwiftSetting] = [
  .unsafeFlags(["-warnings-as-errors"]),
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = [], archives: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: linking(archives))
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: excluding, swiftSettings: strict)
}

/// Links C libraries as archives: loading libcrypto alone would add a third to the time that the shell takes to start.
func linking(_ archives: [String]) -> [LinkerSetting] {
  archives.isEmpty ? [] : [.unsafeFlags(archives.flatMap { ["-Xlinker", "-l:\($0).a"] })]
}

/// How the release is linked. With shared libraries of C++ much of an empty script's time would go to the dynamic linker; nobody looks
/// symbols up in the program, so that none are exported. It stays code for any address: a fixed one would start 1.1 ms sooner, and help who
/// attacks the C libraries in it. The folder has a script that names the archive.
let quickStart: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-L", Context.packageDirectory + "/Sources/nsh/Linking", "-Xclang-linker", "-static-libgcc",
      "-Xlinker", "--no-export-dynamic",
    ], .when(configuration: .release))
]

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
    .systemLibrary(name: "CLibedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CIDN2", providers: [.apt(["libidn2-dev", "libunistring-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "COpenSSL", linkerSettings: linking(["libssl", "libcrypto"])),
    layer("Net"),
    layer("System", ["Net", "CSystem"]),
    layer("Diagnostics"),
    layer("Syntax", ["Diagnostics"]),
    layer("Wire", ["Net"]),
    layer(
      "Interpreter",
      [
        "Syntax", "Diagnostics", "Net", "System", "CSystem", "CPCRE2",
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "BigInt", package: "BigInt"),
      ], archives: ["libpcre2-8"]),
    layer(
      "Coding", ["Net", "CZlib", "CBrotli", "CZstd", "COpenSSL", "CExpat"],
      archives: ["libz", "libbrotlidec", "libbrotlicommon", "libzstd", "libexpat"]),
    layer("IDN", ["Net", "CIDN2"], archives: ["libidn2", "libunistring"]),
    layer("Transport", ["Net", "System", "Wire", "CSystem"]),
    layer("TLS", ["Net", "System", "Wire", "Transport", "COpenSSL"]),
    layer("Clients", ["Net", "System", "Wire", "Coding", "Transport", "TLS", "IDN"]),
    layer("Servers", ["Net", "System", "Wire", "Transport", "TLS"]),
    layer(
      "Commands",
      [
        "Net", "System", "Wire", "Coding", "IDN", "Diagnostics", "Syntax", "Interpreter", "Transport", "TLS", "Clients",
        "Servers",
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "BigInt", package: "BigInt"),
      ]),
    layer("Terminal", ["Interpreter", "Diagnostics", "System", "Wire", "Net"]),
    layer("Stage", ["Diagnostics", "Syntax", "Interpreter", "Terminal", "Wire"]),
    .executableTarget(
      name: "nsh",
      dependencies: [
        "Net", "System", "Diagnostics", "Syntax", "Wire", "Interpreter", "Transport", "Clients", "Servers", "Commands",
        "Terminal", "Stage", "CLibedit", "CSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["Linking"], swiftSettings: strict,
      linkerSettings: linking(["libedit", "libtinfo", "libbsd", "libmd"]) + quickStart),
    .target(name: "TestSupport", dependencies: ["System"], path: "Tests/Support", swiftSettings: strict),
    tests("NetTests", ["Net", "TestSupport"]),
    tests("WireTests", ["Wire", "Net", "System", "TestSupport"]),
    tests("CodingTests", ["Coding", "TestSupport"]),
    tests("IDNTests", ["IDN", "TestSupport"]),
    tests("SyntaxTests", ["Syntax", "Diagnostics"]),
    tests("TransportTests", ["TestSupport", "System", "Transport", "Clients", "Servers", "Wire", "Net"]),
    tests("TLSTests", ["TestSupport", "System", "TLS", "Transport", "Clients", "Wire", "Net"]),
    tests(
      "TranscriptTests",
      ["TestSupport", "Commands", "Interpreter", "Syntax", "Diagnostics", "Terminal", "System", "Net"]),
    tests("Architecture", ["TestSupport", "Commands", "Interpreter"]),
    tests(
      "ForeignPeers", ["TestSupport", "System"],
      excluding: [
        "Internet/internet.sh", "Reach/three-routers.sh", "Web/peers.py", "Lab/lab.py", "Why/network.sh",
        "Why/peers.py",
        "Why/certificates.py", "Why/run.py", "Why/setups.txt",
      ]),
    tests("CommandTests", ["TestSupport", "Commands", "Interpreter", "Diagnostics", "Net", "System"]),
    tests(
      "InterpreterTests",
      [
        .product(name: "BigInt", package: "BigInt"), "Interpreter", "Syntax", "Diagnostics", "Net", "Commands",
        "Terminal", "TestSupport",
      ]),
    tests("StageTests", ["Stage", "Terminal", "Interpreter", "Syntax", "Diagnostics", "TestSupport"]),
    tests("TerminalTests", ["Terminal", "Interpreter", "Diagnostics", "Wire", "Net", "CSystem"]),
    tests("EndToEnd", ["nsh", "TestSupport", "Commands", "Interpreter", "Diagnostics", "Syntax", "System", "CSystem"]),
  ],
  swiftLanguageModes: [.v6]
)
