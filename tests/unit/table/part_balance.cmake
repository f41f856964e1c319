# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS balance_test.cpp diff_test.cpp gras_test.cpp kras_test.cpp ras_test.cpp
                        synth_test.cpp)
