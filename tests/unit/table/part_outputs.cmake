# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS export_stata_test.cpp export_xlsx_test.cpp)

# A program of its own: it counts its child processes.
add_executable(isolated_read_helper isolated_read_helper.cpp)
target_link_libraries(isolated_read_helper PRIVATE linchpin::table linchpin_flags)
linchpin_test(NAME unit_isolated_read LABEL unit SOURCES isolated_read_test.cpp
              LIBRARIES linchpin::table)
target_compile_definitions(unit_isolated_read
                           PRIVATE LINCHPIN_READ_HELPER="$<TARGET_FILE:isolated_read_helper>")
add_dependencies(unit_isolated_read isolated_read_helper)
