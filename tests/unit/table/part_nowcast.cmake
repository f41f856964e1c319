# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS nowcast_test.cpp split_test.cpp trade_cube_test.cpp)
