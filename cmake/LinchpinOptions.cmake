# SPDX-License-Identifier: Apache-2.0
# Build options and the flags every target of the project shares.
option(LINCHPIN_TESTS "Build the tests" ON)
option(LINCHPIN_BENCH "Build the benchmarks" OFF)
option(LINCHPIN_CHECKED "Check contracts (pre- and postconditions, invariants) at run time" OFF)
option(LINCHPIN_NATIVE "Tune for the processor of this machine (the binary may not run elsewhere)" OFF)
option(LINCHPIN_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
option(LINCHPIN_PCH "Precompile the headers most files include: half the time of a build" ON)
set(LINCHPIN_SANITIZE "" CACHE STRING "Value for -fsanitize=, e.g. address,undefined")
set(LINCHPIN_REPORT_TEMPLATE "${PROJECT_SOURCE_DIR}/build/web/report/index.html" CACHE FILEPATH
    "Report page built from web (./dev web); embedded into the library")
set(LINCHPIN_APP_PACK "${PROJECT_SOURCE_DIR}/build/web/app.pack" CACHE FILEPATH
    "Application of `linchpin serve` built from web (./dev web); embedded into the library")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O3 without fast-math: results must be the same on every machine of one kind.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

add_library(linchpin_flags INTERFACE)
target_compile_options(linchpin_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Wold-style-cast)
if(LINCHPIN_WARNINGS_AS_ERRORS)
  target_compile_options(linchpin_flags INTERFACE -Werror)
endif()
if(LINCHPIN_NATIVE)
  target_compile_options(linchpin_flags INTERFACE -march=native)
endif()
if(LINCHPIN_CHECKED)
  target_compile_definitions(linchpin_flags INTERFACE LINCHPIN_CHECKED)
endif()
if(LINCHPIN_SANITIZE)
  target_compile_options(linchpin_flags INTERFACE -fsanitize=${LINCHPIN_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(linchpin_flags INTERFACE -fsanitize=${LINCHPIN_SANITIZE})
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # The settings with which ccache knows precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      "${CCACHE_PROGRAM}")
  if(LINCHPIN_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(linchpin_flags INTERFACE -fpch-preprocess)
  endif()
endif()
