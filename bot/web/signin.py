"""The officer's link: opens the web chat as that officer."""

from fastapi import APIRouter

from bot.desk import Desk

__all__ = ["signin_router"]


def signin_router(desk: Desk) -> APIRouter:
    return APIRouter(include_in_schema=False)
