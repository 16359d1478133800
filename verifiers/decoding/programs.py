"""Programs that name themselves in the files they write, and what each is for.

A table to be read: the words a file's software field holds (lower case, as whole words; the first
row that fits counts), the program's name, its kind (`models.file_traits.ProgramKind`). An entry is
there because makers document it or files are known to hold it; absence from the table is `unknown`,
which weighs nothing. Only names of the tables are kept: what else stands there may be anybody's.
"""

import re

PROGRAMS: tuple[tuple[str, str, str], ...] = (
    # Generators first: some name the editor they live in.
    ("adobe firefly", "Adobe Firefly", "ai_generator"),
    ("firefly", "Adobe Firefly", "ai_generator"),
    ("midjourney", "Midjourney", "ai_generator"),
    ("dall-e", "DALL-E", "ai_generator"),
    ("dall·e", "DALL-E", "ai_generator"),
    ("openai", "OpenAI", "ai_generator"),
    ("chatgpt", "ChatGPT", "ai_generator"),
    ("gpt-4o", "ChatGPT", "ai_generator"),
    ("stable diffusion", "Stable Diffusion", "ai_generator"),
    ("stability ai", "Stability AI", "ai_generator"),
    ("comfyui", "ComfyUI", "ai_generator"),
    ("automatic1111", "AUTOMATIC1111", "ai_generator"),
    ("invokeai", "InvokeAI", "ai_generator"),
    ("novelai", "NovelAI", "ai_generator"),
    ("leonardo.ai", "Leonardo.Ai", "ai_generator"),
    ("ideogram", "Ideogram", "ai_generator"),
    ("black forest labs", "FLUX", "ai_generator"),
    ("google generative ai", "Google generative AI", "ai_generator"),
    ("made with google ai", "Google generative AI", "ai_generator"),
    ("bing image creator", "Bing Image Creator", "ai_generator"),
    ("grok", "Grok", "ai_generator"),
    ("playground ai", "Playground AI", "ai_generator"),
    # Light, colour and crop. Before the editors, whose makers' names they share.
    ("lightroom", "Adobe Lightroom", "developer"),
    ("camera raw", "Adobe Camera Raw", "developer"),
    ("capture one", "Capture One", "developer"),
    ("darktable", "darktable", "developer"),
    ("rawtherapee", "RawTherapee", "developer"),
    ("dxo", "DxO PhotoLab", "developer"),
    ("on1 photo", "ON1 Photo RAW", "developer"),
    ("digikam", "digiKam", "developer"),
    ("shotwell", "Shotwell", "developer"),
    ("picasa", "Picasa", "developer"),
    ("snapseed", "Snapseed", "developer"),
    ("vsco", "VSCO", "developer"),
    ("microsoft windows photo", "Windows Photos", "developer"),
    ("windows photo editor", "Windows Photos", "developer"),
    ("photos 1", "Apple Photos", "developer"),
    ("gthumb", "gThumb", "developer"),
    ("irfanview", "IrfanView", "developer"),
    ("xnview", "XnView", "developer"),
    ("faststone", "FastStone", "developer"),
    ("acdsee", "ACDSee", "developer"),
    # Alter or compose.
    ("photoshop", "Adobe Photoshop", "editor"),
    ("illustrator", "Adobe Illustrator", "editor"),
    ("indesign", "Adobe InDesign", "editor"),
    ("adobe express", "Adobe Express", "editor"),
    ("gimp", "GIMP", "editor"),
    ("gnu image manipulation", "GIMP", "editor"),
    ("canva", "Canva", "editor"),
    ("picsart", "Picsart", "editor"),
    ("affinity", "Affinity", "editor"),
    ("pixelmator", "Pixelmator", "editor"),
    ("photopea", "Photopea", "editor"),
    ("pixlr", "Pixlr", "editor"),
    ("paint.net", "Paint.NET", "editor"),
    ("paintshop", "PaintShop Pro", "editor"),
    ("paint shop", "PaintShop Pro", "editor"),
    ("corel", "Corel", "editor"),
    ("krita", "Krita", "editor"),
    ("inkscape", "Inkscape", "editor"),
    ("figma", "Figma", "editor"),
    ("sketch", "Sketch", "editor"),
    ("photoscape", "PhotoScape", "editor"),
    ("photodirector", "PhotoDirector", "editor"),
    ("luminar", "Luminar", "editor"),
    ("facetune", "Facetune", "editor"),
    ("faceapp", "FaceApp", "editor"),
    ("meitu", "Meitu", "editor"),
    ("beautyplus", "BeautyPlus", "editor"),
    ("remini", "Remini", "editor"),
    ("fotor", "Fotor", "editor"),
    ("befunky", "BeFunky", "editor"),
    ("polarr", "Polarr", "editor"),
    ("inshot", "InShot", "editor"),
    ("capcut", "CapCut", "editor"),
    ("topaz", "Topaz", "editor"),
    ("blender", "Blender", "editor"),
    ("sejda", "Sejda", "editor"),
    ("pdfescape", "PDFescape", "editor"),
    ("foxit phantom", "Foxit PDF Editor", "editor"),
    ("foxit pdf editor", "Foxit PDF Editor", "editor"),
    # Screenshots.
    ("screenshot", "a screenshot", "screenshot"),
    ("flameshot", "Flameshot", "screenshot"),
    ("spectacle", "Spectacle", "screenshot"),
    ("greenshot", "Greenshot", "screenshot"),
    ("snagit", "Snagit", "screenshot"),
    ("sharex", "ShareX", "screenshot"),
    ("lightshot", "Lightshot", "screenshot"),
    # Scanners and scanning apps.
    ("camscanner", "CamScanner", "scanner"),
    ("adobe scan", "Adobe Scan", "scanner"),
    ("microsoft lens", "Microsoft Lens", "scanner"),
    ("office lens", "Microsoft Lens", "scanner"),
    ("genius scan", "Genius Scan", "scanner"),
    ("scanner pro", "Scanner Pro", "scanner"),
    ("scanbot", "Scanbot", "scanner"),
    ("swiftscan", "SwiftScan", "scanner"),
    ("tiny scanner", "Tiny Scanner", "scanner"),
    ("turboscan", "TurboScan", "scanner"),
    ("notebloc", "Notebloc", "scanner"),
    ("vflat", "vFlat", "scanner"),
    ("naps2", "NAPS2", "scanner"),
    ("simple-scan", "Simple Scan", "scanner"),
    ("simple scan", "Simple Scan", "scanner"),
    ("vuescan", "VueScan", "scanner"),
    ("silverfast", "SilverFast", "scanner"),
    ("epson scan", "Epson Scan", "scanner"),
    ("canoscan", "Canon scanner", "scanner"),
    ("ij scan", "Canon scanner", "scanner"),
    ("hp scan", "HP scanner", "scanner"),
    ("scansnap", "ScanSnap", "scanner"),
    ("finereader", "ABBYY FineReader", "scanner"),
    ("twain", "a scanner (TWAIN)", "scanner"),
    ("kofax", "Kofax", "scanner"),
    ("scan", "a scanner", "scanner"),
    ("scanner", "a scanner", "scanner"),
    # Messengers.
    ("whatsapp", "WhatsApp", "messenger"),
    ("telegram", "Telegram", "messenger"),
    ("wechat", "WeChat", "messenger"),
    ("micromessenger", "WeChat", "messenger"),
    ("signal", "Signal", "messenger"),
    ("viber", "Viber", "messenger"),
    ("instagram", "Instagram", "messenger"),
    ("facebook", "Facebook", "messenger"),
    ("fbmd", "Facebook", "messenger"),
    ("line camera", "LINE", "messenger"),
    # What puts pictures on pages.
    ("microsoft® word", "Microsoft Word", "office"),
    ("microsoft word", "Microsoft Word", "office"),
    ("microsoft® powerpoint", "Microsoft PowerPoint", "office"),
    ("microsoft: print to pdf", "Microsoft Print to PDF", "office"),
    ("libreoffice", "LibreOffice", "office"),
    ("openoffice", "OpenOffice", "office"),
    ("pages", "Apple Pages", "office"),
    ("google docs", "Google Docs", "office"),
    ("skia/pdf", "Chrome or Android printing", "office"),
    ("chromium", "Chrome", "office"),
    ("quartz pdfcontext", "macOS or iOS printing", "office"),
    ("adobe acrobat", "Adobe Acrobat", "office"),
    ("acrobat", "Adobe Acrobat", "office"),
    ("adobe pdf library", "Adobe PDF Library", "office"),
    ("distiller", "Adobe Distiller", "office"),
    ("ghostscript", "Ghostscript", "office"),
    ("cups", "CUPS printing", "office"),
    ("cairo", "cairo", "office"),
    ("foxit", "Foxit", "office"),
    ("docusign", "DocuSign", "office"),
    # Software of servers and apps.
    ("ilovepdf", "iLovePDF", "library"),
    ("smallpdf", "Smallpdf", "library"),
    ("itext", "iText", "library"),
    ("pdfium", "PDFium", "library"),
    ("pdfbox", "PDFBox", "library"),
    ("pypdf", "pypdf", "library"),
    ("reportlab", "ReportLab", "library"),
    ("img2pdf", "img2pdf", "library"),
    ("fpdf", "FPDF", "library"),
    ("tcpdf", "TCPDF", "library"),
    ("jspdf", "jsPDF", "library"),
    ("imagemagick", "ImageMagick", "library"),
    ("graphicsmagick", "GraphicsMagick", "library"),
    ("gd-jpeg", "PHP's GD", "library"),
    ("lavc", "FFmpeg", "library"),
    ("pillow", "Pillow", "library"),
    ("matplotlib", "Matplotlib", "library"),
    ("libvips", "libvips", "library"),
    ("c2pa-rs", "c2pa-rs", "library"),
    # Phones and cameras.
    ("hdr+", "Google Camera", "phone"),
    ("google camera", "Google Camera", "phone"),
    ("google photos", "Google Photos", "developer"),
    ("android", "Android", "phone"),
    ("mediatek", "a MediaTek phone", "phone"),
    ("iphone", "an iPhone", "phone"),
    ("ios", "iOS", "phone"),
    ("samsung", "a Samsung phone", "phone"),
    ("miui", "a Xiaomi phone", "phone"),
    ("oneplus", "a OnePlus phone", "phone"),
    ("huawei", "a Huawei phone", "phone"),
    ("nikon", "a Nikon camera", "camera"),
    ("canon", "a Canon camera", "camera"),
    ("sony", "a Sony camera", "camera"),
    ("ilce-", "a Sony camera", "camera"),
    ("fujifilm", "a Fujifilm camera", "camera"),
    ("digital camera", "a digital camera", "camera"),
)  # fmt: skip

UNKNOWN = "unknown"
_NOT_KNOWN = "a program that is not known"

_MAKERS: tuple[tuple[str, str], ...] = (
    *((name.lower(), name) for name in (
        "Acer", "Agfa", "Alcatel", "Apple", "Asus", "BlackBerry", "Brother", "Canon", "Casio",
        "Contax", "DJI", "Epson", "Fairphone", "Fujifilm", "Fujitsu", "Gionee", "Google", "GoPro",
        "Hasselblad", "Hewlett-Packard", "Honor", "HP", "HTC", "Huawei", "Infinix", "Insta360",
        "Itel", "Jolla", "Kodak", "Konica Minolta", "Kyocera", "Lava", "Leica", "Lenovo", "LG",
        "Logitech", "Mamiya", "Meizu", "Micromax", "Microsoft", "Minolta", "Motorola", "Nikon",
        "Nokia", "Nothing", "Nubia", "Olympus", "OnePlus", "Oppo", "Panasonic", "Pentax",
        "Phase One", "Philips", "Plustek", "Polaroid", "Poco", "Razer", "Realme", "Redmi",
        "Ricoh", "Samsung", "Sanyo", "Sharp", "Sigma", "Sony", "TCL", "Tecno", "Toshiba", "Vivo",
        "Wiko", "Xerox", "Xiaomi", "Yashica", "ZTE",
    )),
    ("hmd global", "Nokia"),
    ("lge", "LG"),
    ("om digital", "OM System"),
    ("eastman kodak", "Kodak"),
    ("fuji photo", "Fujifilm"),
    ("jenoptik", "Jenoptik"),
)  # fmt: skip
"""Makers of cameras, phones and scanners: how the EXIF make begins, in lower case, and the name."""
_MODEL = re.compile(r"[A-Za-z0-9 ()_.+/-]{1,40}")


def recognised(said: str) -> tuple[str, str]:
    """The name and kind of the program a file names; never its own words."""
    lower = said.lower()
    for words, name, kind in PROGRAMS:
        if holds(lower, words):
            return name, kind
    return _NOT_KNOWN, UNKNOWN


def camera(make: str, model: str) -> str | None:
    """Make and model as EXIF says them, of makers of the table only: as "Apple iPhone 13"."""
    lower = make.lower()
    fitting = (name for words, name in _MAKERS if re.match(rf"{re.escape(words)}\b", lower))
    name = next(fitting, None)
    short = model[:40].strip()
    if name is None or not _MODEL.fullmatch(short):
        return name
    # "Canon Canon EOS R5": many makers repeat themselves.
    return short if short.lower().startswith(name.lower()) else f"{name} {short}"


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text, not within longer ones: "canvas" is not "canva"."""
    at = text.find(words)
    while at >= 0:
        before, behind = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not before.isalpha() and not behind.isalpha():
            return True
        at = text.find(words, at + 1)
    return False
