"""The two cameras of the sample talk: a studio with the host, a bakery with the guest.

Each camera is a still of the room with the body, and a head that moves on its own with three mouths and a
blink. The figure stands in the middle, so that an upright crop shows it; the chest, where captions go,
is plain.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from viralclip_desktop.features.sample_talk.drawing import Canvas, Colour, Pen, within, without

ROOM_SIZE: Final = (1344, 756)  # 5 % larger than the picture: room for the slow drift of the camera
HEAD_SIZE: Final = (340, 400)
HEAD_AT: Final = (502, 86)  # where the head lies in the room
FACES: Final = ("closed", "half", "open", "blink")
CAMERAS: Final = ("a", "b")


@dataclass(frozen=True)
class Person:
    """The colours of one figure, and whether the hair is long."""

    skin: Colour
    shade: Colour
    hair: Colour
    shirt: Colour
    shirt_dark: Colour
    long_hair: bool


HOST: Final = Person((236, 190, 158), (205, 150, 118), (52, 40, 46), (38, 92, 104), (28, 70, 82), False)
GUEST: Final = Person((214, 158, 120), (178, 120, 86), (94, 46, 34), (240, 232, 218), (214, 202, 184), True)


def draw_scenes(folder: Path) -> None:
    """Write ``room-a.pam``, ``head-a-closed.pam`` ... for both cameras into ``folder``."""
    for camera in CAMERAS:
        draw_room(camera).save(folder / f"room-{camera}.pam")
        for face in FACES:
            draw_face(camera, face).save(folder / f"head-{camera}-{face}.pam")


def draw_room(camera: str) -> Canvas:
    """What a camera sees, without the head."""
    room = _studio() if camera == "a" else _bakery()
    _body(room, HOST if camera == "a" else GUEST)
    if camera == "b":
        _apron(room)
    _microphone(room)
    return room


def draw_face(camera: str, face: str) -> Canvas:
    """The head in front of a camera with one of the ``FACES``."""
    return _head(HOST if camera == "a" else GUEST, face)


def _studio() -> Canvas:
    room = Canvas.gradient(*ROOM_SIZE, (30, 52, 78), (18, 30, 48))
    pen = Pen(room)
    room.fill(pen.ellipse(300, 200, 520, 420), (70, 132, 158), 0.55, soft_px=420)
    room.fill(pen.ellipse(1130, 560, 420, 320), (120, 70, 120), 0.40, soft_px=340)
    for x in range(70, 420, 44):  # acoustic panel
        room.fill(pen.box(x, 90, x + 30, 520, 6), (20, 36, 56), 0.85, soft_px=3)
        room.fill(pen.box(x, 90, x + 6, 520, 3), (58, 98, 122), 0.35, soft_px=4)
    _shelf(
        room, pen, 950, 250, ((196, 92, 74), (222, 178, 96), (92, 142, 150), (226, 214, 196), (134, 92, 140))
    )
    _shelf(
        room, pen, 950, 470, ((226, 214, 196), (92, 142, 150), (196, 92, 74), (70, 84, 112), (222, 178, 96))
    )
    _lamp(room, pen, 860, 118)
    return room


def _shelf(room: Canvas, pen: Pen, x: int, y: int, books: tuple[Colour, ...]) -> None:
    for number, colour in enumerate(books):
        left, height = x + 22 + number * 46, 92 + (number * 37) % 48
        room.fill(pen.box(left, y - height, left + 36, y, 4), colour, 0.8, soft_px=4)
    room.fill(pen.box(x, y, x + 310, y + 14, 4), (86, 62, 58), 1.0, soft_px=3)
    room.fill(pen.ellipse(x + 282, y - 26, 24, 26), (60, 124, 96), 0.9, soft_px=4)


def _lamp(room: Canvas, pen: Pen, x: int, y: int) -> None:
    room.fill(pen.ellipse(x, y + 26, 210, 190), (255, 206, 138), 0.45, soft_px=190)
    room.fill(pen.line(x, -10, x, y - 10, 5), (24, 24, 32), soft_px=2)
    room.fill(within(pen.ellipse(x, y + 20, 62, 46), pen.box(x - 70, y - 40, x + 70, y + 20)), (40, 42, 54))
    room.fill(pen.ellipse(x, y + 22, 26, 12), (255, 232, 190), soft_px=4)


def _bakery() -> Canvas:
    room = Canvas.gradient(*ROOM_SIZE, (226, 150, 104), (150, 74, 56))
    pen = Pen(room)
    room.fill(pen.ellipse(1050, 170, 560, 420), (255, 216, 160), 0.65, soft_px=460)
    _window(room, pen)
    for x, y in ((60, 330), (60, 520)):  # bread on shelves
        room.fill(pen.box(x - 40, y, x + 330, y + 16, 4), (104, 58, 44), soft_px=3)
        for number in range(4):
            left = x + 4 + number * 82
            room.fill(pen.ellipse(left + 34, y - 28, 38, 30), (206, 138, 74), soft_px=4)
            room.fill(pen.ellipse(left + 28, y - 38, 24, 12), (236, 184, 118), 0.8, soft_px=10)
            for slash in (-14, 0, 14):
                room.fill(pen.line(left + 30 + slash, y - 42, left + 38 + slash, y - 24, 4), (164, 98, 52))
    _lamp(room, pen, 470, 96)
    room.fill(pen.ellipse(1230, 640, 90, 150), (70, 112, 74), 0.95, soft_px=6)
    room.fill(pen.ellipse(1170, 690, 60, 110), (92, 138, 86), 0.95, soft_px=6)
    room.fill(pen.box(1150, 690, 1300, 780, 16), (180, 92, 66), soft_px=3)
    return room


def _window(room: Canvas, pen: Pen) -> None:
    frame = np.minimum(pen.ellipse(1070, 230, 150, 150), pen.box(920, 230, 1220, 430))
    room.fill(frame, (250, 236, 206), soft_px=3)
    pane = np.minimum(pen.ellipse(1070, 230, 136, 136), pen.box(934, 230, 1206, 416))
    room.fill(pane, (168, 206, 214), soft_px=2)
    room.fill(pen.ellipse(1010, 440, 130, 90), (130, 168, 130), 0.9, soft_px=8, clip=pane)
    room.fill(pen.ellipse(1170, 430, 120, 70), (104, 146, 112), 0.9, soft_px=8, clip=pane)
    room.fill(pen.line(1070, 100, 1070, 420, 9), (250, 236, 206))
    room.fill(pen.line(930, 262, 1210, 262, 9), (250, 236, 206))


def _body(room: Canvas, person: Person) -> None:
    pen = Pen(room)
    room.fill(
        pen.ellipse(672, 700, 330, 220), (0, 0, 0), 0.25, soft_px=120
    )  # the figure's shadow on the room
    if person.long_hair:
        room.fill(pen.box(566, 260, 778, 500, 60), person.hair, soft_px=2)
    shirt = pen.box(424, 478, 920, 1000, 150)
    room.fill(shirt, person.shirt, soft_px=1.5)
    room.fill(pen.box(820, 470, 1000, 1000), person.shirt_dark, 0.6, 90, clip=shirt)
    room.fill(pen.line(520, 640, 508, 790, 5), person.shirt_dark, 0.9, soft_px=3)
    room.fill(pen.line(824, 640, 836, 790, 5), person.shirt_dark, 0.9, soft_px=3)
    room.fill(pen.ellipse(672, 486, 78, 40), person.skin)
    neck = pen.box(626, 330, 718, 500, 40)
    room.fill(neck, person.skin)
    room.fill(pen.ellipse(672, 464, 64, 44), person.skin)  # where the neck widens into the shoulders
    room.fill(pen.ellipse(672, 396, 84, 52), person.shade, 0.8, soft_px=22, clip=neck)
    collar = without(pen.ellipse(672, 488, 92, 52), pen.ellipse(672, 482, 78, 40))
    room.fill(within(collar, pen.box(560, 482, 790, 560)), person.shirt_dark)


def _apron(room: Canvas) -> None:
    pen = Pen(room)
    room.fill(pen.box(552, 588, 792, 900, 14), (156, 58, 48), soft_px=2)
    room.fill(pen.line(568, 602, 592, 500, 20), (156, 58, 48), soft_px=2)
    room.fill(pen.line(776, 602, 752, 500, 20), (156, 58, 48), soft_px=2)


def _microphone(room: Canvas) -> None:
    pen = Pen(room)
    room.fill(pen.line(930, 780, 836, 560, 12), (26, 26, 32), soft_px=1.5)
    room.fill(pen.line(842, 572, 800, 520, 40), (36, 36, 44), soft_px=1.5)
    room.fill(pen.line(806, 528, 792, 510, 46), (66, 68, 80), soft_px=1.5)
    room.fill(pen.line(826, 536, 846, 560, 5), (200, 64, 64), soft_px=1.5)


def _head(person: Person, face: str) -> Canvas:
    head = Canvas.empty(*HEAD_SIZE)
    pen = Pen(head)
    _hair_behind(head, pen, person)
    for x in (82, 258):
        head.fill(pen.ellipse(x, 214, 17, 26), person.skin if x < 170 else person.shade)
    skull = pen.ellipse(170, 206, 90, 112)
    head.fill(skull, person.skin)
    head.fill(-pen.ellipse(136, 190, 104, 132), person.shade, 0.6, soft_px=40, clip=skull)
    for x in (118, 222):
        head.fill(pen.ellipse(x, 246, 24, 16), (224, 110, 96), 0.28, soft_px=26, clip=skull)
    _eyes(head, pen, person, blink=face == "blink")
    head.fill(pen.line(168, 216, 163, 240, 7), person.shade, 0.9, soft_px=4)
    head.fill(pen.line(163, 241, 174, 243, 6), person.shade, 0.9, soft_px=3)
    _mouth(head, pen, face)
    _hair_in_front(head, pen, person)
    return head


def _hair_behind(head: Canvas, pen: Pen, person: Person) -> None:
    if person.long_hair:
        hair = pen.box(56, 66, 284, 392, 106)
        head.fill(without(hair, pen.box(112, 240, 228, 460, 50)), person.hair)
    else:
        head.fill(pen.ellipse(170, 168, 106, 116), person.hair)


def _hair_in_front(head: Canvas, pen: Pen, person: Person) -> None:
    if person.long_hair:
        top = pen.ellipse(170, 178, 112, 124)
        parting = without(without(top, pen.ellipse(128, 262, 78, 122)), pen.ellipse(216, 262, 74, 122))
        head.fill(within(parting, pen.box(40, 40, 300, 250)), person.hair)
        return
    cap = without(pen.ellipse(170, 172, 104, 116), pen.ellipse(184, 262, 108, 124))
    head.fill(within(cap, pen.box(40, 30, 300, 214)), person.hair)
    head.fill(pen.ellipse(138, 92, 60, 26), person.hair)


def _eyes(head: Canvas, pen: Pen, person: Person, *, blink: bool) -> None:
    for x in (132, 208):
        head.fill(pen.line(x - 17, 174 + (x > 170) * 1, x + 17, 173, 8), person.hair, 0.95)
        if blink:
            head.fill(pen.line(x - 13, 204, x + 13, 204, 5), person.hair)
            continue
        head.fill(pen.ellipse(x, 203, 16, 12), (250, 246, 240))
        head.fill(pen.ellipse(x, 203, 9.5, 10.5), (54, 38, 34))
        head.fill(pen.ellipse(x + 3, 199, 3, 3), (255, 255, 255))


def _mouth(head: Canvas, pen: Pen, face: str) -> None:
    lips, inside = (168, 74, 70), (92, 26, 34)
    if face in ("closed", "blink"):
        smile = without(pen.ellipse(170, 262, 32, 20), pen.ellipse(170, 254, 36, 20))
        head.fill(smile, lips)
        return
    height = 9 if face == "half" else 17
    opening = pen.ellipse(170, 270, 27, height)
    head.fill(pen.ellipse(170, 270, 31, height + 4), lips)
    head.fill(opening, inside)
    head.fill(within(opening, pen.box(146, 270 - height, 194, 270 - height * 0.45)), (248, 244, 238))
    head.fill(within(opening, pen.ellipse(170, 270 + height, 18, height * 0.7)), (206, 98, 96))
