# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS gloria_test.cpp supply_use_test.cpp)
