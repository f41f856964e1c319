# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS exiobase3_test.cpp oecd_icio_test.cpp plain_numbers_test.cpp pymrio_test.cpp read_ahead_test.cpp wiod2016_test.cpp)
