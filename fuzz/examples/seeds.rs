//! Writes seeds for every target below a folder: files that the project itself makes.
//!
//! `cargo run --example seeds -- corpus`

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use zhoubian::demo;
use zhoubian::import::FileKind;

/// In the order of the target `import_text`.
const KINDS: [FileKind; 14] = [
    FileKind::District,
    FileKind::Areas,
    FileKind::Points,
    FileKind::Places,
    FileKind::Bureaus,
    FileKind::Taxonomy,
    FileKind::SiteKinds,
    FileKind::Sites,
    FileKind::Facilities,
    FileKind::PermittedZones,
    FileKind::Cameras,
    FileKind::Duties,
    FileKind::Routing,
    FileKind::Calendar,
];

/// A table as cities publish them.
const STANDARD: &str = "\
大类代码,大类名称,小类代码,小类名称,立案条件,处置时限,结案条件,监管主体,责任主体
01,公用设施,01,上水井盖,缺失,2紧急工作时,恢复,住建局,市政中心、各产权单位
,,,,破损,4小时,更换,,
,,02,雨水井盖,缺失,1天,恢复,,市政中心
02,交通设施,01,护栏,歪斜,3工作日,扶正,,所属街办
";

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let root = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    photos(&root)?;
    texts(&root)?;
    standards(&root)
}

fn keep(root: &Path, target: &str, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let folder = root.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{name}")), bytes)
}

fn photos(root: &Path) -> Done {
    for target in ["photo_header", "photo_exif", "photo_look"] {
        for orientation in 1..=8 {
            keep(
                root,
                target,
                &format!("jpeg-{orientation}"),
                &jpeg(orientation, orientation % 2 == 0)?,
            )?;
        }
        keep(root, target, "png", &png()?)?;
        keep(root, target, "webp", &webp()?)?;
        keep(root, target, "heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x0cmeta\0\0\0\0")?;
    }
    Ok(())
}

/// Pixels of a gradient, three bytes each.
fn pixels(width: u32, height: u32) -> Vec<u8> {
    let pixel = |n: u32| [(n % width) as u8, (n / width) as u8, (n % 251) as u8];
    (0..width * height).flat_map(pixel).collect()
}

fn jpeg(orientation: u16, progressive: bool) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_progressive(progressive);
    encoder.add_app_segment(1, exif(orientation))?;
    encoder.encode(&pixels(48, 32), 48, 32, jpeg_encoder::ColorType::Rgb)?;
    Ok(bytes)
}

/// Orientation, maker, and a position in Tianmen, as CIPA DC-008 lays them out.
fn exif(orientation: u16) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |out: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        out.extend(tag.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend(count.to_be_bytes());
        out.extend(value);
    };
    let [high, low] = orientation.to_be_bytes();
    out.extend(3_u16.to_be_bytes());
    entry(&mut out, 0x010f, 2, 4, *b"Oppo");
    entry(&mut out, 0x0112, 3, 1, [high, low, 0, 0]);
    entry(&mut out, 0x8825, 4, 1, 50_u32.to_be_bytes());
    out.extend([0; 4]);
    out.extend(4_u16.to_be_bytes());
    entry(&mut out, 1, 2, 2, *b"N\0\0\0");
    entry(&mut out, 2, 5, 3, 104_u32.to_be_bytes());
    entry(&mut out, 3, 2, 2, *b"E\0\0\0");
    entry(&mut out, 4, 5, 3, 128_u32.to_be_bytes());
    out.extend([0; 4]);
    for part in [30_u32, 39, 36, 113, 10, 12] {
        out.extend(part.to_be_bytes());
        out.extend(1_u32.to_be_bytes());
    }
    out
}

fn png() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 32, 24);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&pixels(32, 24))?;
    Ok(bytes)
}

fn webp() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder.encode(&pixels(32, 24), 32, 24, image_webp::ColorType::Rgb8)?;
    Ok(bytes)
}

fn texts(root: &Path) -> Done {
    for (number, source) in demo::sources().iter().enumerate() {
        let Some(kind) = KINDS.iter().position(|kind| *kind == source.kind) else { continue };
        // The first lines say as much as thousands.
        let mut bytes = vec![u8::try_from(kind)?];
        bytes.extend(source.bytes.iter().take(16 * 1024));
        keep(root, "import_text", &format!("{number}-{}", source.kind.word()), &bytes)?;
    }
    let gb18030 = b"\x04code,name,name_en,kind,authority,area,group\na,\xbc\xd7\xbe\xd6,,bureau,D,,departments\n";
    Ok(keep(root, "import_text", "gb18030", gb18030)?)
}

fn standards(root: &Path) -> Done {
    keep(root, "import_standard", "csv", STANDARD.as_bytes())?;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(STANDARD.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell)?;
        }
    }
    Ok(keep(root, "import_standard", "xlsx", &book.save_to_buffer()?)?)
}
