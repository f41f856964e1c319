# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS gras_test.cpp kras_test.cpp ras_test.cpp)
