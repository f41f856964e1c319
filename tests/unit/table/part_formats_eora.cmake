# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS adb_mrio_test.cpp eora_test.cpp figaro_test.cpp gloria_test.cpp
                        hostile_input_test.cpp supply_use_test.cpp)
