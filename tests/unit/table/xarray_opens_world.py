# SPDX-License-Identifier: Apache-2.0
"""xarray opens the built-in world unchanged and finds flows by label. Skipped without xarray."""

import sys
import warnings

try:
    import netCDF4  # noqa: F401 (imported here because it may warn about the numpy it meets)
    import xarray
except ImportError:
    print("skipped: python3-xarray is not installed")
    sys.exit(77)

warnings.simplefilter("error")
world = xarray.open_dataset(sys.argv[1], engine="netcdf4")
assert world.sizes["industry"] == world.sizes["buyer"] == 700, world.sizes
assert world.sizes["final_column"] == 100, world.sizes
assert world.Z.attrs["units"] == "USD million", world.Z.attrs
flow = world.Z.sel(industry="CHN:c14", buyer="USA:c15")
assert float(flow) == float(world.Z[13, 35 + 14]) > 0, flow
assert str(world.region_name.sel(region="TUR").values) == "Türkiye"
value_added = world.value_added.sum("value_added_row")
usa = value_added.where(world.industry_region == 1, drop=True).sum()
assert abs(float(usa) / 1e6 - 15.16) < 0.005, usa
assert world.attrs["license"] == "CC BY 4.0"
