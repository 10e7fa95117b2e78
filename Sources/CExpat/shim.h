// expat's parser of XML. The library is linked by Coding, as an archive: see Package.swift.
#pragma once
#include <expat.h>
