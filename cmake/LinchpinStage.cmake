# SPDX-License-Identifier: Apache-2.0
# linchpin_stage(NAME depend SOURCES a.cpp b.cpp HEADERS a.h b.h
#                DEPENDS core table          earlier stages, public
#                LIBRARIES fmt::fmt          public because headers use them
#                PRIVATE_LIBRARIES ZLIB::ZLIB)
# Makes the library `linchpin_<name>` with the alias `linchpin::<name>`. Files are listed, never
# globbed, so that a new file is seen in review and an old one cannot linger.
function(linchpin_stage)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;HEADERS;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  set(target linchpin_${ARG_NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(linchpin::${ARG_NAME} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/src"
                 FILES ${ARG_HEADERS})
  target_compile_features(${target} PUBLIC cxx_std_20)
  list(TRANSFORM ARG_DEPENDS PREPEND linchpin_)
  target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} ${ARG_LIBRARIES}
                        PRIVATE ${ARG_PRIVATE_LIBRARIES} $<BUILD_INTERFACE:linchpin_flags>)
  if(LINCHPIN_PCH)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cmath> <cstddef> <cstdint>
                              <filesystem> <fmt/format.h> <functional> <memory> <optional> <span>
                              <string> <string_view> <unordered_map> <utility> <vector>
                              <tl/expected.hpp>)
  endif()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${ARG_NAME}
                        VERIFY_INTERFACE_HEADER_SETS ON)
  set_property(GLOBAL APPEND PROPERTY LINCHPIN_STAGES ${target})
endfunction()
