# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_TESTS bea_test.cpp china_nbs_test.cpp oecd_national_test.cpp)
